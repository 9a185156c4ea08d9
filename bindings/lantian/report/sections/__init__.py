"""What the report says, a section a file: data, apart from how they look."""
