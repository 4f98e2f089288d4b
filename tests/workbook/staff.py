"""Edits a workbook as staff would, and prints the review.csv that should come of it.

Usage: staff.py RUN_FOLDER EDITED.xlsx
"""
import datetime
import sys

import book

folder, edited = sys.argv[1:]
workbook, lang = book.load(f"{folder}/report.xlsx")
name, action, owner, due, reason = book.STAFF[lang]
sheet = workbook[name]
heading, found = book.rows(sheet)
assert sorted(row["finding_id"] for row in found) == sorted(book.ids(folder)), "other ids"
assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line), "a formula"
person = "職員番号" if lang == "ja" else "Employee number"
assert any(row[person] == "00101" for row in found), "numbers of people lost their zeros"
choices = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
assert len(choices) == 1, "no drop-down"
words = choices[0].formula1.strip('"').split(",")
assert len(words) == 4 and sheet.freeze_panes == "A2" and sheet.auto_filter.ref

entries = [
    (words[1], "情報課 佐藤", datetime.datetime(2026, 12, 31), None),
    (words[3], "総務 'O’Brien'", "2027/1/15", "再雇用の手続き中"),
    (words[2], None, None, None),
]
for row, entry in zip(sorted(found, key=lambda row: row["finding_id"]), entries):
    row.update(zip((action, owner, due, reason), entry))
wanted = {row["finding_id"]: entry for row, entry in zip(sorted(found, key=lambda r: r["finding_id"]), entries)}

# Rows sorted the other way round, the id moved to the front, a row and a sheet of one's own.
found.sort(key=lambda row: row["finding_id"], reverse=True)
heading.remove("finding_id")
heading.insert(0, "finding_id")
workbook.remove(sheet)
mine = workbook.create_sheet(name)
mine.append(heading)
for row in found:
    mine.append([row[column] for column in heading])
mine.append(["aaaaaaaaaaaaaaaa"] + [words[2]] * (len(heading) - 1))
workbook.create_sheet("memo")["B2"] = "=SUM(A1:A9)"
workbook.save(edited)

STATES = dict(zip(words, ["open", "in-progress", "done", "exception-requested"]))
print("finding_id,state,owner,due,reason")
for id, (state, who, until, why) in sorted(wanted.items()):
    until = "2027-01-15" if until == "2027/1/15" else book.text(until)
    print(",".join([id, STATES[state], who or "", until, why or ""]))
