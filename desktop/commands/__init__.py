"""The scriptable edge: one file per command, thin over the same functions as the window."""

COMMANDS = {
    "init": "workspace_commands", "status": "workspace_commands", "check": "workspace_commands",
    "import-roster": "roster_command", "import-staff": "staff_command",
    "enterprises": "enterprises_command", "visit": "visit_command",
    "letter": "letter_command", "export": "export_command", "enrol": "sync_commands", "sync": "sync_commands",
    "export-unsent": "unsent_command",
    "catalogue": "catalogue_command", "demo": "demo_command",
    "bundle": "bundle_command",
}  # fmt: skip
"""Command → the module that holds `add_arguments(name, parser)` and `run(args) -> result`."""
