"""Outcomes of a run → what a person reads (`text`), what a program reads (`json_document`)."""
