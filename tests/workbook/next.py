"""Checks that next month's workbook carries what review.csv says.

Usage: next.py RUN_FOLDER WANTED.csv
"""
import csv
import sys

import book

folder, wanted = sys.argv[1:]
workbook, lang = book.load(f"{folder}/report.xlsx")
name, action, owner, due, reason = book.STAFF[lang]
_, found = book.rows(workbook[name])
by_id = {row["finding_id"]: row for row in found}
with open(wanted, encoding="utf-8", newline="") as file:
    for entry in csv.DictReader(file):
        row = by_id[entry["finding_id"]]
        said = [book.text(row[column]) for column in (owner, due, reason)]
        assert said == [entry["owner"], entry["due"], entry["reason"]], (said, entry)
        assert row[action], entry
