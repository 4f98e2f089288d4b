"""Rows of the sheet of findings, by heading, as openpyxl sees them."""
import csv
import datetime

import openpyxl

STAFF = {
    "ja": ("指摘一覧", "対応状況", "担当者", "期限", "例外理由"),
    "en": ("Findings", "Action", "Owner", "Due", "Reason for exception"),
}


def load(path):
    """The workbook and the language that it is in."""
    book = openpyxl.load_workbook(path)
    lang = "ja" if STAFF["ja"][0] in book.sheetnames else "en"
    return book, lang


def rows(sheet):
    """Heading, and every row below it as a dictionary."""
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    return lines[0], [dict(zip(lines[0], line)) for line in lines[1:]]


def ids(folder):
    """Ids of findings.csv."""
    with open(f"{folder}/findings.csv", encoding="utf-8-sig", newline="") as file:
        return [record["finding_id"] for record in csv.DictReader(file)]


def text(value):
    """A cell as review.csv would say it."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
