-- retention, grain day
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-14'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-15 00:00:00.000'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    group by
      "actor",
      date_trunc('day', "time")
  ),
  "cohorts" as (
    select
      "actor",
      "period"
    from
      "activity"
    where
      (
        "first" >= timestamp '2024-02-26 00:00:00.000'
        and "first" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "returns" as (
    select
      "cohorts"."period" as "cohort",
      date_diff('day', "cohorts"."period", "activity"."period") as "offset"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "offset";

-- retention, grain week
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-05-01'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-05-02 00:00:00.000'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('week', "time") as "period",
      min("time") as "first"
    from
      "events"
    group by
      "actor",
      date_trunc('week', "time")
  ),
  "cohorts" as (
    select
      "actor",
      "period"
    from
      "activity"
    where
      (
        "first" >= timestamp '2024-02-26 00:00:00.000'
        and "first" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "returns" as (
    select
      "cohorts"."period" as "cohort",
      date_diff('week', "cohorts"."period", "activity"."period") as "offset"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "offset";

-- retention, grain month
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-11-09'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-11-10 00:00:00.000'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('month', "time") as "period",
      min("time") as "first"
    from
      "events"
    group by
      "actor",
      date_trunc('month', "time")
  ),
  "cohorts" as (
    select
      "actor",
      "period"
    from
      "activity"
    where
      (
        "first" >= timestamp '2024-02-26 00:00:00.000'
        and "first" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "returns" as (
    select
      "cohorts"."period" as "cohort",
      date_diff('month', "cohorts"."period", "activity"."period") as "offset"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "offset";

-- retention, the first day
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-05'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-06 00:00:00.000'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    group by
      "actor",
      date_trunc('day', "time")
  ),
  "cohorts" as (
    select
      "actor",
      "period"
    from
      "activity"
    where
      (
        "first" >= timestamp '2024-02-26 00:00:00.000'
        and "first" < timestamp '2024-02-27 00:00:00.000'
      )
  ),
  "returns" as (
    select
      "cohorts"."period" as "cohort",
      date_diff('day', "cohorts"."period", "activity"."period") as "offset"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "offset";

-- retention, the traps of the history
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor"
    from
      "shop"
    where
      "shop"."dt" >= '2024-03-03'
      and "shop"."dt" <= '2024-03-13'
      and "shop"."event_time" >= timestamp '2024-03-03 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-14 00:00:00.000'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    group by
      "actor",
      date_trunc('day', "time")
  ),
  "cohorts" as (
    select
      "actor",
      "period"
    from
      "activity"
    where
      (
        "first" >= timestamp '2024-03-03 00:00:00.000'
        and "first" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "returns" as (
    select
      "cohorts"."period" as "cohort",
      date_diff('day', "cohorts"."period", "activity"."period") as "offset"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "offset";
