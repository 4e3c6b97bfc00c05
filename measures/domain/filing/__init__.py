"""Evidence: taking files and links in, preparing, scanning and watching over them."""
