"""Judges statements for Redshift by two parsers.

Standard input is JSON: `statements`, and `schema` with the types of the columns of each table. Standard output is JSON: a list of
problems for each statement.
"""

import json
import sys

import sqlglot
from sqlfluff.core import Linter
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify


def fluff_problems(linter, text):
    parsed = linter.parse_string(text + ";\n")
    return [f"sqlfluff: {one.desc()}" for one in parsed.violations]


def glot_problems(text, schema):
    try:
        trees = sqlglot.parse(text, read="redshift", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.ParseError as error:
        return [f"sqlglot: {error}"]
    problems = []
    for tree in trees:
        if isinstance(tree, sqlglot.exp.Command):
            problems.append(f"sqlglot: did not parse {tree.sql()[:80]}")
        # Columns are resolved in queries over the given tables alone.
        elif schema and isinstance(tree, sqlglot.exp.Query):
            try:
                qualify(tree, dialect="redshift", schema=schema, quote_identifiers=False)
            except sqlglot.errors.OptimizeError as error:
                problems.append(f"sqlglot: {error}")
    return problems


# Windows that take no frame. Redshift asks for one with any other function over an order
# (https://docs.aws.amazon.com/redshift/latest/dg/r_Window_function_synopsis.html).
FRAMELESS = (
    exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead,
)


def window_problems(text):
    try:
        trees = sqlglot.parse(text, read="redshift")
    except sqlglot.errors.ParseError:
        return []
    windows = [one for tree in trees if tree for one in tree.find_all(exp.Window)]
    return [
        f"Redshift: {one.this.sql()[:60]} over an order without a frame"
        for one in windows
        if one.args.get("order") and not one.args.get("spec") and not isinstance(one.this, FRAMELESS)
    ]


def main():
    given = json.load(sys.stdin)
    linter = Linter(dialect="redshift")
    schema = given.get("schema") or {}
    answer = [fluff_problems(linter, text) + glot_problems(text, schema) + window_problems(text) for text in given["statements"]]
    json.dump(answer, sys.stdout)


main()
