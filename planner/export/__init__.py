"""Files for people: spreadsheets."""
