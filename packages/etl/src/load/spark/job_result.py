"""What a job reports: counts, files and reasons in the words of a manifest."""

from datetime import datetime, timezone

from job_error import JobError

# Reasons that a refusal explains.
shown_examples = 3


def result_of(plan, scans, counts, found):
    """The result of a load in the words of a manifest; for a caller on this machine, also what its report says beside it."""
    duplicates = dict(found.get("duplicates", {}))
    # A row that was in the lake and equals another of it leaves with the first input.
    stray = duplicates.pop(-1, 0)
    inputs = []
    reports = []
    for index, (one, scan) in enumerate(zip(plan["inputs"], scans)):
        report = {"source": one["source"], **{name: scan[name] for name in ("hash", "bytes", "skipped", "isEmpty", "fields") if name in scan}}
        if not scan["skipped"]:
            count = counts.get(index, {"accepted": 0, "rejected": 0, "filtered": 0, "added": 0})
            numbers = numbers_of(plan, scan, count, duplicates.get(index, 0) + stray)
            stray = 0
            assert_counted(plan, one, count, numbers)
            inputs.append(manifest_input(plan, one, scan, count, numbers))
            report.update({**numbers, "accepted": count["accepted"], "filtered": count["filtered"]})
        reports.append(report)
    names = ("rowsIn", "rowsOut", "duplicates", "quarantined", "filtered")
    totals = {name: sum(one.get(name, 0) for one in inputs) for name in names}
    reasons = {row["reason"]: row["rows"] for row in found.get("reasons", [])}
    if found.get("refused"):
        refuse(plan, totals, reasons, found["reasons"][:shown_examples])
    nulled = {f"{row['column']}:{row['code']}": row["rows"] for row in found.get("nulled", [])}
    unmatched = found.get("unmatched", {})
    lookups = [
        {**{key: lookup[key] for key in ("name", "source", "hash", "rows")}, "unmatched": unmatched.get(lookup["name"], 0)}
        for lookup in plan["lookups"]
    ]
    filtered = totals.pop("filtered")
    result = {
        "status": "written",
        "operation": "load",
        "inputs": inputs,
        **totals,
        **({"filtered": filtered} if filtered else {}),
        "reasons": reasons,
        **({"nulled": nulled} if nulled else {}),
        **({"lookups": lookups} if lookups else {}),
        "added": found.get("files", []),
        "removed": found.get("removed", []),
        "quarantineAdded": found.get("quarantine", []),
        "quarantineRemoved": [],
        "emptyInputs": [one["source"] for one, scan in zip(plan["inputs"], scans) if scan["isEmpty"]],
    }
    if "local" in plan:
        examples = found.get("reasons", [])[:shown_examples]
        nulled = found.get("nulled", [])
        result["local"] = {"inputs": reports, "examples": examples, "nulled": nulled, "losing": found.get("losing", [])}
    return result


def numbers_of(plan, scan, count, duplicates):
    """The counts of an input. Its rows were counted from its bytes, apart from Spark's reader."""
    return {
        **({"recordsIn": scan["rows"]} if plan["isExploded"] else {}),
        "rowsIn": scan["rows"] + count["added"],
        "rowsOut": count["accepted"] - duplicates,
        "duplicates": duplicates,
        "quarantined": count["rejected"],
    }


def assert_counted(plan, one, count, numbers):
    """Refuses an input of which Spark found other rows. A caller on this machine compares them itself."""
    found = count["accepted"] + count["rejected"] + count["filtered"]
    if "local" in plan or numbers["rowsIn"] == found:
        return
    counts = {"rowsIn": numbers["rowsIn"], "rowsOut": count["accepted"], "duplicates": 0, "quarantined": count["rejected"]}
    raise JobError("ACCOUNTING_MISMATCH", {"file": one["source"], **counts})


def manifest_input(plan, one, scan, count, numbers):
    return {
        "source": one["source"],
        **({"sourceName": plan["sourceName"]} if plan.get("sourceName") else {}),
        "hash": scan["hash"],
        "bytes": scan["bytes"],
        **({"object": one["object"]} if "object" in one else {}),
        **numbers,
        **({"filtered": count["filtered"]} if count["filtered"] else {}),
        **({"lookups": {lookup["name"]: lookup["hash"] for lookup in plan["lookups"]}} if plan["lookups"] else {}),
    }


def refuse(plan, totals, reasons, examples):
    """Ends a job that rejected too many rows. A caller on this machine explains the reasons itself."""
    if "local" in plan:
        return
    counts = {"quarantined": totals["quarantined"], "rowsIn": totals["rowsIn"], "reasons": reasons}
    raise JobError("QUARANTINE_EXCEEDED", {**counts, "examples": examples})


# A manifest has them. Step Functions reads a result of at most 256 KiB.
lists = ("inputs", "added", "removed", "quarantineAdded", "quarantineRemoved", "removedLeftovers")


def summary_of(result):
    """The result of a job that commits by itself: counts in the place of lists."""
    skipped = result["inputsSkipped"]
    loaded = len(result["inputs"])
    age = newest_event_age(result["added"], datetime.now(timezone.utc))
    return {
        **{name: value for name, value in result.items() if name not in lists},
        **({} if age is None else {"newestEventAge": age}),
        "inputsLoaded": loaded,
        "inputsSkipped": skipped,
        "leftoversRemoved": len(result["removedLeftovers"]),
        # The first ones by name, for the report.
        "emptyInputs": result["emptyInputs"][:20],
        "removedLeftovers": result["removedLeftovers"][:20],
    }


def newest_event_age(files, now):
    """Seconds between the newest event of the files and now, or None without any. A file that begins later than now says nothing of it."""
    ranges = [file["timeRange"] for file in files if file.get("timeRange")]
    spans = [tuple(datetime.fromisoformat(text.replace("Z", "+00:00")) for text in one) for one in ranges]
    newest = [min(last, now) for first, last in spans if first <= now]
    return int((now - max(newest)).total_seconds()) if newest else None


# What a repetition of the same job may mend.
passing_codes = ("LAKE_BUSY", "INPUT_CHANGED")


def failure_of(error):
    """The result of a job that failed, with a code for what its user can mend. Texts of Spark may hold values, so they stay in the log."""
    code = getattr(error, "code", None)
    details = getattr(error, "details", None)
    if code:
        counts = {name: details[name] for name in ("rowsIn", "rowsOut", "duplicates", "quarantined", "reasons") if name in (details or {})}
        return {"status": "failed", "code": code, "details": details, "message": str(error), "retryable": code in passing_codes, **counts}
    return {"status": "failed", "code": "SPARK_FAILED", "details": {"problem": type(error).__name__}, "message": str(error)[:4000]}
