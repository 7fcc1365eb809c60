"""A small world in one process: laptops, a centre, a line between them that breaks, all decided by a seed."""
