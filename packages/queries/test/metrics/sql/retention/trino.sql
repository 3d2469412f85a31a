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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('week', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('month', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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

-- retention, by none
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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

-- retention, by category
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-14'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      date_trunc('day', "time"),
      "category"
  ),
  "cohorts" as (
    select
      "actor",
      "period",
      "part" as "part"
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
      date_diff('day', "cohorts"."period", "activity"."period") as "offset",
      "cohorts"."part" as "part"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
      and "activity"."part" is not distinct from "cohorts"."part"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained",
      "part" as "part"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset",
      "part"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort",
          "part"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "part" as "category",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "part" asc nulls last,
  "offset";

-- retention, by brand
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-14'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first",
      cast("brand" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      date_trunc('day', "time"),
      "brand"
  ),
  "cohorts" as (
    select
      "actor",
      "period",
      "part" as "part"
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
      date_diff('day', "cohorts"."period", "activity"."period") as "offset",
      "cohorts"."part" as "part"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
      and "activity"."part" is not distinct from "cohorts"."part"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained",
      "part" as "part"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset",
      "part"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort",
          "part"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "part" as "brand",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "part" asc nulls last,
  "offset";

-- retention, by product
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-14'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first",
      cast("item" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      date_trunc('day', "time"),
      "item"
  ),
  "cohorts" as (
    select
      "actor",
      "period",
      "part" as "part"
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
      date_diff('day', "cohorts"."period", "activity"."period") as "offset",
      "cohorts"."part" as "part"
    from
      "cohorts"
      inner join "activity" on "activity"."actor" = "cohorts"."actor"
      and "activity"."period" >= "cohorts"."period"
      and "activity"."part" is not distinct from "cohorts"."part"
  ),
  "totals" as (
    select
      "cohort",
      "offset",
      count(*) as "retained",
      "part" as "part"
    from
      "returns"
    where
      "offset" <= 7
    group by
      "cohort",
      "offset",
      "part"
  ),
  "rated" as (
    select
      *,
      max("retained") over (
        partition by
          "cohort",
          "part"
      ) as "visitors"
    from
      "totals"
  )
select
  date_format("rated"."cohort", '%Y-%m-%d') as "cohort",
  "part" as "product",
  "offset",
  "visitors",
  "retained",
  (cast("retained" as double) / nullif(cast("visitors" as double), 0)) as "retentionRate"
from
  "rated"
order by
  "rated"."cohort",
  "part" asc nulls last,
  "offset";

-- retention, cohort active
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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

-- retention, cohort first-seen
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= '2023-11-28'
      and "clicks"."dt" <= '2024-03-14'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      date_trunc('day', "time")
  ),
  "cohorts" as (
    select
      "actor",
      date_trunc('day', "first") as "period"
    from
      (
        select
          "actor",
          min("time") as "first"
        from
          "events"
        where
          "actor" is not null
        group by
          "actor"
      ) as "firsts"
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

-- retention, cohort first-purchase
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= '2023-11-28'
      and "clicks"."dt" <= '2024-03-14'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      date_trunc('day', "time")
  ),
  "cohorts" as (
    select
      "actor",
      date_trunc('day', "first") as "period"
    from
      (
        select
          "actor",
          min("time") filter(
            where
              "action" = ?
          ) as "first"
        from
          "events"
        where
          "actor" is not null
        group by
          "actor"
      ) as "firsts"
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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

-- retention, units and orders
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor"
    from
      "market"
    where
      "market"."dt" >= '2024-03-03'
      and "market"."dt" <= '2024-03-13'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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

-- retention, the bazaar
with
  "events" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visitor" as "actor"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-04'
      and "bazaar"."dt" <= '2024-03-13'
  ),
  "activity" as (
    select
      "actor",
      date_trunc('day', "time") as "period",
      min("time") as "first"
    from
      "events"
    where
      "actor" is not null
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
        "first" >= timestamp '2024-03-04 00:00:00.000'
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
