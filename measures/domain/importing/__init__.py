"""From the files that offices have to what the portal keeps: Word, Excel and csv."""
