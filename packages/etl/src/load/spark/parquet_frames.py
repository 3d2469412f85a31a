"""The SQL that reads raw rows from Parquet files, once the types of the files are known.

How values are written is in the plan (`sparkParquetPlan` in core); here names and paths are looked up in the types. A type is as Spark
gives it in JSON: a name, or a dictionary for arrays, maps and structs. One name more is `int96`: Spark takes such a time for an instant, and
it is one without a zone.
"""

import json

from job_error import JobError


def raw_select(reading, fields, frame):
    """A SELECT of the raw rows of files with one schema.

    `fields` are those of the schema. `frame` is a view `input INT, place BIGINT, row STRUCT<the fields>`.
    Raises JobError without the file.
    """
    record = ("row", {"type": "struct", "fields": fields})
    exploded = find(reading, record, reading["explode"]) if "explode" in reading else None
    if exploded and kind(exploded[1]) != "array":
        raise unreadable("%s is a %s, and the table has a row per element of a list" % (".".join(exploded[2]), name_of(exploded[1])))
    element = exploded and ("element_value", exploded[1]["elementType"], [])
    columns = [column_of(reading, column, record, element) for column in reading["columns"]]
    missing = [one["name"] for one, value in zip(reading["columns"], columns) if value is None and one["required"]]
    if missing:
        found = [field["name"] for field in fields if field["name"].strip()]
        raise JobError("INPUT_COLUMNS_MISSING", {"missing": missing, "found": found})
    texts = []
    reasons = []
    for index, (column, value) in enumerate(zip(reading["columns"], columns)):
        text, lacks, reason = text_of(reading, column, value)
        texts.append("%s AS r%d" % (text, index))
        if reason:
            reasons.append((lacks, reason))
    broken = reading["noReasons"]
    if reasons:
        some = ", ".join("CASE WHEN %s THEN %s END" % one for one in reasons)
        broken = "CASE WHEN %s THEN array_compact(array(%s)) END" % (" OR ".join(lacks for lacks, _ in reasons), some)
    whole = written(reading, record[0], record[1])
    relation = frame
    raw = whole
    extra = []
    if "explode" in reading:
        extra = ["0 AS element", "1 AS record_rows"]
    if exploded:
        relation = (
            "(SELECT *, coalesce(found_place, 0) AS element_place FROM (SELECT *, greatest(coalesce(size(source_list), 0), 0) AS element_count"
            " FROM (SELECT *, %s AS source_list FROM %s)) LATERAL VIEW OUTER posexplode(source_list) elements AS found_place, element_value)"
            % (exploded[0], frame)
        )
        one = patched(rewritten(reading), record[0], record[1], exploded[2], written(rewritten(reading), *element[:2]))
        raw = "CASE WHEN element_count > 1 THEN %s ELSE %s END" % (one, whole)
        extra = ["element_place AS element", "CASE WHEN element_place > 0 THEN 0 ELSE greatest(element_count, 1) END AS record_rows"]
    return "SELECT input, place, %s FROM %s" % (
        ", ".join(["%s AS raw" % raw, "%s AS broken" % broken, *texts, *extra]),
        relation,
    )


def with_int96(fields, places):
    """The fields of a schema, in which the columns with values at some places have the type `int96`: a file's columns of values are in
    the order of Spark's."""
    wanted = set(places)
    if not wanted:
        return fields
    place = -1

    def marked(type_):
        nonlocal place
        if kind(type_) == "struct":
            return {**type_, "fields": [{**field, "type": marked(field["type"])} for field in type_["fields"]]}
        if kind(type_) == "array":
            return {**type_, "elementType": marked(type_["elementType"])}
        if kind(type_) == "map":
            key = marked(type_["keyType"])
            return {**type_, "keyType": key, "valueType": marked(type_["valueType"])}
        place += 1
        return "int96" if place in wanted else type_

    return marked({"type": "struct", "fields": fields})["fields"]


def column_of(reading, column, record, element):
    """The value of a column: SQL, type and names; a text for what is not read; None where the files have no such value."""
    if "constant" in column:
        return column["constant"]
    if "element" in column and element:
        if column["element"] == "number":
            return ("CASE WHEN element_count > 0 THEN element_place + 1 END", "integer", [])
        found = find(reading, element, column["element"])
        if found:
            return found
    if "path" in column:
        found = find(reading, record, column["path"])
        if found:
            return found
    fields = record[1]["fields"]
    names = [field["name"].strip() for field in fields]
    for name in column["names"]:
        place = place_of(names, name)
        if place is not None:
            return ("row." + quoted(fields[place]["name"]), fields[place]["type"], [])
    return None


def text_of(reading, column, value):
    """SQL of a column's text, with a condition and a reason for values that have none."""
    if value is None or isinstance(value, str):
        return (value or "CAST(NULL AS STRING)", None, None)
    sql, type_ = value[0], value[1]
    if kind(type_) in ("struct", "array", "map"):
        return ("CAST(NULL AS STRING)", "%s IS NOT NULL" % sql, column["nested"])
    text = scalar(reading["texts"][column["texts"]], sql, type_)
    if kind(type_) == "binary":
        return (text, "%s IS NOT NULL AND (%s) IS NULL" % (sql, text), column["notUtf8"])
    return (text, None, None)


def scalar(table, sql, type_, key=None):
    if type_ == "int96":
        # In the session's zone, UTC, this is the time as the file has it.
        return scalar(table, "CAST(%s AS TIMESTAMP_NTZ)" % sql, "timestamp_ntz")
    template = table.get(key or kind(type_))
    if template is None:
        raise unreadable("a column has the type %s, which this engine does not read: write it as text" % name_of(type_))
    return template.replace("{}", sql)


def find(reading, start, path):
    """Follows a path through types: SQL, type and the names of the members as the files have them, or None."""
    sql, type_ = start[0], start[1]
    names = []
    for step in path:
        if step["step"] == "member":
            found = member(sql, type_, step, names)
        elif kind(type_) != "array":
            found = None
        elif step["step"] == "element":
            found = ("get(%s, %d)" % (sql, step["index"]), type_["elementType"])
        else:
            found = first(reading, sql, type_["elementType"], step)
        if found is None:
            return None
        sql, type_ = found
    return (sql, type_, names)


def member(sql, type_, step, names):
    if kind(type_) == "struct":
        fields = type_["fields"]
        place = place_of([field["name"] for field in fields], step["name"])
        if place is None:
            return None
        names.append(fields[place]["name"])
        return (sql + "." + quoted(fields[place]["name"]), fields[place]["type"])
    if kind(type_) == "map" and type_["keyType"] == "string":
        names.append(step["name"])
        return ("%s[%s]" % (sql, step["literal"]), type_["valueType"])
    return None


def first(reading, sql, element, step):
    key = member("item", element, step, [])
    if key is None or kind(key[1]) in ("struct", "array", "map"):
        return None
    text = scalar(reading["texts"]["other"], *key)
    return ("get(filter(%s, item -> coalesce((%s) = %s, false)), 0)" % (sql, text, step["text"]), element)


def written(reading, sql, type_, depth=0):
    """SQL of a value in a JSON text."""
    if kind(type_) == "struct":
        body = "concat('{', concat_ws(',', %s), '}')" % ", ".join(
            "concat(%s, %s)" % (literal(json.dumps(field["name"], ensure_ascii=False) + ":"), written(reading, sql + "." + quoted(field["name"]), field["type"], depth))
            for field in type_["fields"]
        )
    elif kind(type_) == "array":
        one = "e%d" % depth
        body = "concat('[', array_join(transform(%s, %s -> %s), ','), ']')" % (sql, one, written(reading, one, type_["elementType"], depth + 1))
    elif kind(type_) == "map":
        one = "e%d" % depth
        key = reading["jsonString"].replace("{}", scalar(reading["texts"]["other"], one + ".key", type_["keyType"]))
        body = "concat('{', array_join(transform(map_entries(%s), %s -> concat(%s, ':', %s)), ','), '}')" % (
            sql, one, key, written(reading, one + ".value", type_["valueType"], depth + 1)
        )
    else:
        body = scalar(reading["json"], sql, type_, json_key(type_))
    return "CASE WHEN %s IS NULL THEN 'null' ELSE %s END" % (sql, body)


def patched(reading, sql, type_, names, element):
    """The JSON text of a record with one element in its list, which stands at the end of its object."""
    if not names:
        return "concat('[', %s, ']')" % element
    if kind(type_) != "struct":
        raise unreadable("the list of the table lies in a map, which this engine does not read: write it as a struct")
    others = [field for field in type_["fields"] if field["name"] != names[0]]
    [own] = [field for field in type_["fields"] if field["name"] == names[0]]
    parts = [
        "concat(%s, %s)" % (literal(json.dumps(field["name"], ensure_ascii=False) + ":"), written(reading, sql + "." + quoted(field["name"]), field["type"]))
        for field in others
    ]
    inner = patched(reading, sql + "." + quoted(own["name"]), own["type"], names[1:], element)
    parts.append("concat(%s, %s)" % (literal(json.dumps(own["name"], ensure_ascii=False) + ":"), inner))
    return "concat('{', concat_ws(',', %s), '}')" % ", ".join(parts)


def place_of(names, name):
    """The place of a name: exactly so, or else the first that differs in case alone."""
    if name in names:
        return names.index(name)
    alike = [index for index, one in enumerate(names) if one.lower() == name.lower()]
    return alike[0] if alike else None


def kind(type_):
    name = type_ if isinstance(type_, str) else type_["type"]
    return name if isinstance(name, str) and not name.startswith("decimal") else "decimal"


def json_key(type_):
    if kind(type_) != "decimal":
        return kind(type_)
    precision, scale = type_[len("decimal("):-1].split(",")
    return "decimal15" if int(precision) <= 15 else "decimal0" if scale == "0" else "decimal"


def rewritten(reading):
    """The plan for a record that DuckDB writes a second time, with one element: all fractions then pass through a double."""
    return {**reading, "json": {**reading["json"], "decimal": reading["json"]["decimal15"]}}


def name_of(type_):
    return type_ if isinstance(type_, str) else kind(type_)


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def literal(text):
    """A text as a literal of Spark SQL."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("${", "\\u0024{")
    return "'" + escaped + "'"


def unreadable(problem):
    return JobError("INPUT_UNREADABLE", {"problem": problem})
