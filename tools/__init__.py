"""What a developer runs now and then; nothing here is shipped or imported by the program."""
