"""From frozen content to paper: HTML, PDF, the paper font and the catchwords."""
