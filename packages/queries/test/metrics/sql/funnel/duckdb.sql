-- funnel, grain hour
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      cast(date_trunc('hour', "began") as timestamp) as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('hour', "began") as timestamp)
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  strftime("stepped"."period", '%Y-%m-%dT%H:00:00Z') as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, grain day
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      cast(date_trunc('day', "began") as timestamp) as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('day', "began") as timestamp)
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  strftime("stepped"."period", '%Y-%m-%d') as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, grain week
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      cast(date_trunc('week', "began") as timestamp) as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('week', "began") as timestamp)
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  strftime("stepped"."period", '%Y-%m-%d') as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, grain month
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      cast(date_trunc('month', "began") as timestamp) as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('month', "began") as timestamp)
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  strftime("stepped"."period", '%Y-%m-%d') as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, grain all
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, by none
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, by category
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "category",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "category",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "category",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "category",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "category"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3",
      "part" as "part"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "stepped" as (
    select
      "period" as "period",
      "part" as "part",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "all" desc,
  "part" asc nulls last,
  "step";

-- funnel, by brand
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."brand" as "brand",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "brand",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "brand",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "brand",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "brand",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3",
      cast("brand" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "brand"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3",
      "part" as "part"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "stepped" as (
    select
      "period" as "period",
      "part" as "part",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "all" desc,
  "part" asc nulls last,
  "step";

-- funnel, by product
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "item",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "item",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "item",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3",
      cast("item" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "item"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3",
      "part" as "part"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "stepped" as (
    select
      "period" as "period",
      "part" as "part",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "all" desc,
  "part" asc nulls last,
  "step";

-- funnel, per session
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, per actor
-- ["view","cart","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "units" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "actor" is not null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      "period" as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    group by
      "period"
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, the traps of the history
-- ["view","cart","purchase"]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."session" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-03-03/2024-03-05' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, units and orders
-- ["view_item","add_to_cart","sale"]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."visit" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "has_1",
      count(*) filter(
        where
          "action" = $2
      ) as "has_2",
      count(*) filter(
        where
          "action" = $3
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-03-03/2024-03-05' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, the bazaar
-- ["page","detail","put","out","pay_page","paid","view","cart","purchase"]
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      case
        when "bazaar"."name" in ($1, $2) then cast('view' as varchar)
        when "bazaar"."name" in ($3) then cast('cart' as varchar)
        when "bazaar"."name" in ($4) then cast('removeFromCart' as varchar)
        when "bazaar"."name" in ($5) then cast('checkout' as varchar)
        when "bazaar"."name" in ($6) then cast('purchase' as varchar)
      end as "action",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "units" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $7
      ) as "has_1",
      count(*) filter(
        where
          "action" = $8
      ) as "has_2",
      count(*) filter(
        where
          "action" = $9
      ) as "has_3"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3"
    from
      "units"
    where
      (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-04 00:00:00.000'
  ),
  "stepped" as (
    select
      "period" as "period",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      2 as "step",
      cast('cart' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-03-04/2024-03-05' as "period",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "step";

-- funnel, steps of its own, by actor
-- ["page","detail","put","out","pay_page","paid","purchase","cart","removeFromCart","cart","view","checkout","purchase"]
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      case
        when "bazaar"."name" in ($1, $2) then cast('view' as varchar)
        when "bazaar"."name" in ($3) then cast('cart' as varchar)
        when "bazaar"."name" in ($4) then cast('removeFromCart' as varchar)
        when "bazaar"."name" in ($5) then cast('checkout' as varchar)
        when "bazaar"."name" in ($6) then cast('purchase' as varchar)
      end as "action",
      "bazaar"."kind" as "category",
      "bazaar"."visitor" as "actor",
      "bazaar"."sku" as "item",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-05'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "category",
      "actor",
      "item",
      "session_key",
      lag ("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "category",
      "actor",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "raw" as (
    select
      "time",
      "action",
      "category",
      "actor",
      "item",
      cast("session_key" as varchar) as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "category",
      "actor",
      "item",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "bare" as (
    select
      *,
      case
        when (
          "action" = $7
          and "item" is null
          and "session" is not null
        ) then 1
        else 0
      end as "bare"
    from
      "raw"
  ),
  "rounds" as (
    select
      *,
      sum("bare") over (
        partition by
          "session"
        order by
          "time",
          "bare" rows between unbounded preceding
          and current row
      ) - "bare" as "round"
    from
      "bare"
  ),
  "carts" as (
    select
      "session" as "cart_session",
      "round" as "cart_round",
      "item" as "cart_item",
      max("category") as "cart_category"
    from
      "rounds"
    where
      (
        "action" = $8
        or "action" = $9
      )
      and "session" is not null
      and "item" is not null
    group by
      "session",
      "round",
      "item"
    having
      sum(
        case
          when "action" = $10 then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."action" as "action",
      case
        when "carts"."cart_item" is null then "rounds"."category"
        else "carts"."cart_category"
      end as "category",
      "rounds"."actor" as "actor"
    from
      "rounds"
      left join "carts" on "carts"."cart_session" = "rounds"."session"
      and "carts"."cart_round" = "rounds"."round"
      and "rounds"."bare" = 1
    where
      "rounds"."time" >= timestamp '2024-03-04 00:00:00.000'
  ),
  "events" as (
    select
      "time",
      "action",
      "category",
      "actor"
    from
      "carted"
  ),
  "units" as (
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      count(*) filter(
        where
          "action" = $11
      ) as "has_1",
      count(*) filter(
        where
          "action" = $12
      ) as "has_2",
      count(*) filter(
        where
          "action" = $13
      ) as "has_3",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-03-04 00:00:00.000',
      "category"
  ),
  "totals" as (
    select
      "period" as "period",
      count(*) as "reached_0",
      count(*) filter(
        where
          "has_1" > 0
      ) as "reached_1",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
      ) as "reached_2",
      count(*) filter(
        where
          "has_1" > 0
          and "has_2" > 0
          and "has_3" > 0
      ) as "reached_3",
      "part" as "part"
    from
      "units"
    group by
      "period",
      "part"
  ),
  "stepped" as (
    select
      "period" as "period",
      "part" as "part",
      1 as "step",
      cast('view' as varchar) as "action",
      "reached_1" as "reached",
      "reached_0" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      2 as "step",
      cast('checkout' as varchar) as "action",
      "reached_2" as "reached",
      "reached_1" as "previous",
      "reached_0" as "all"
    from
      "totals"
    union all
    select
      "period" as "period",
      "part" as "part",
      3 as "step",
      cast('purchase' as varchar) as "action",
      "reached_3" as "reached",
      "reached_2" as "previous",
      "reached_0" as "all"
    from
      "totals"
  )
select
  '2024-03-04/2024-03-05' as "period",
  "part" as "category",
  "step",
  "action",
  "reached",
  (cast("reached" as double) / nullif(cast("previous" as double), 0)) as "ofPrevious",
  (cast("reached" as double) / nullif(cast("all" as double), 0)) as "ofAll"
from
  "stepped"
order by
  "stepped"."period",
  "all" desc,
  "part" asc nulls last,
  "step";
