"""The parts of the Word document: style sheet, pages, styles, walking, tables, pictures, file."""
