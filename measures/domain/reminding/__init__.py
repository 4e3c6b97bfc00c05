"""What people are told without a move of a document: reminders, working days, the inbox."""
