-- repeat-purchase, grain hour
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      cast(date_trunc('hour', "ordered") as timestamp) as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      cast(date_trunc('hour', "ordered") as timestamp)
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      cast(date_trunc('hour', "time") as timestamp) as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('hour', "time") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%dT%H:00:00Z') as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, grain day
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      cast(date_trunc('day', "ordered") as timestamp) as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      cast(date_trunc('day', "ordered") as timestamp)
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      cast(date_trunc('day', "time") as timestamp) as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('day', "time") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, grain week
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      cast(date_trunc('week', "ordered") as timestamp) as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      cast(date_trunc('week', "ordered") as timestamp)
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      cast(date_trunc('week', "time") as timestamp) as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('week', "time") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, grain month
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      cast(date_trunc('month', "ordered") as timestamp) as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      cast(date_trunc('month', "ordered") as timestamp)
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      cast(date_trunc('month', "time") as timestamp) as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('month', "time") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, grain all
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-03-06' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, by none
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-03-06' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, by category
-- ["purchase",2,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min(min("time")) over (
        partition by
          "actor",
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session",
      "part"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders",
      "part" as "part"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders",
      "part" as "part"
    from
      "buyers"
    group by
      "period",
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("repeatBuyers") as "repeatBuyers",
      sum("orders") as "orders",
      sum("purchasesWithoutSession") as "purchasesWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "repeatBuyers" as "repeatBuyers",
          "orders" as "orders",
          0 as "purchasesWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "repeatBuyers",
          0 as "orders",
          "purchasesWithoutSession" as "purchasesWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  "purchasesWithoutSession"
from
  "rows"
where
  "buyers" > $3
order by
  "rows"."period",
  "buyers" desc,
  "part" asc nulls last;

-- repeat-purchase, by brand
-- ["purchase",2,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      cast("brand" as varchar) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min(min("time")) over (
        partition by
          "actor",
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session",
      "part"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders",
      "part" as "part"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders",
      "part" as "part"
    from
      "buyers"
    group by
      "period",
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("repeatBuyers") as "repeatBuyers",
      sum("orders") as "orders",
      sum("purchasesWithoutSession") as "purchasesWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "repeatBuyers" as "repeatBuyers",
          "orders" as "orders",
          0 as "purchasesWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "repeatBuyers",
          0 as "orders",
          "purchasesWithoutSession" as "purchasesWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  "purchasesWithoutSession"
from
  "rows"
where
  "buyers" > $3
order by
  "rows"."period",
  "buyers" desc,
  "part" asc nulls last;

-- repeat-purchase, by product
-- ["purchase",2,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      cast("item" as varchar) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min(min("time")) over (
        partition by
          "actor",
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session",
      "part"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders",
      "part" as "part"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders",
      "part" as "part"
    from
      "buyers"
    group by
      "period",
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("repeatBuyers") as "repeatBuyers",
      sum("orders") as "orders",
      sum("purchasesWithoutSession") as "purchasesWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "repeatBuyers" as "repeatBuyers",
          "orders" as "orders",
          0 as "purchasesWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "repeatBuyers",
          0 as "orders",
          "purchasesWithoutSession" as "purchasesWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  "purchasesWithoutSession"
from
  "rows"
where
  "buyers" > $3
order by
  "rows"."period",
  "buyers" desc,
  "part" asc nulls last;

-- repeat-purchase, the first day
-- ["purchase",2]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-02-26'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-02-26' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, the traps of the history
-- ["purchase",2]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."event_type" as "action",
      "shop"."session" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-05'
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-03-03 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  )
select
  '2024-03-03/2024-03-05' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, units and orders
-- ["sale",2]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."kind" as "action",
      "market"."receipt" as "order",
      "market"."visit" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-05'
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
      "actor",
      "action",
      "order",
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
      "actor",
      "action",
      "order",
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
      "actor",
      "action",
      "order",
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
      "actor",
      "action",
      "order",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "order"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "order" is not null
    group by
      "actor",
      "order"
  ),
  "buyers" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-03-03 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  )
select
  '2024-03-03/2024-03-05' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- repeat-purchase, orders by category
-- ["sale",2,0]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."kind" as "action",
      "market"."department" as "category",
      "market"."receipt" as "order",
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
      "actor",
      "action",
      "category",
      "order",
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
      "actor",
      "action",
      "category",
      "order",
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
      "actor",
      "action",
      "category",
      "order",
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
      "actor",
      "action",
      "category",
      "order",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "order",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      "actor",
      min(min("time")) over (
        partition by
          "actor",
          "order"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "actor" is not null
      and "order" is not null
    group by
      "actor",
      "order",
      "part"
  ),
  "buyers" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      count(*) as "orders",
      "part" as "part"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-03-03 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $2
      ) as "repeatBuyers",
      sum("orders") as "orders",
      "part" as "part"
    from
      "buyers"
    group by
      "period",
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000',
      "part"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("repeatBuyers") as "repeatBuyers",
      sum("orders") as "orders",
      sum("purchasesWithoutSession") as "purchasesWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "repeatBuyers" as "repeatBuyers",
          "orders" as "orders",
          0 as "purchasesWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "repeatBuyers",
          0 as "orders",
          "purchasesWithoutSession" as "purchasesWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-03-03/2024-03-05' as "period",
  "part" as "category",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  "purchasesWithoutSession"
from
  "rows"
where
  "buyers" > $3
order by
  "rows"."period",
  "buyers" desc,
  "part" asc nulls last;

-- repeat-purchase, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase",2]
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visitor" as "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
      "actor",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session"
    from
      "events"
    where
      "action" = $7
  ),
  "firsts" as (
    select
      "actor",
      min("time") as "ordered"
    from
      "purchases"
    where
      "actor" is not null
      and "session" is not null
    group by
      "actor",
      "session"
  ),
  "buyers" as (
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-04 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      "actor",
      timestamp '2024-03-04 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "buyers",
      count(*) filter(
        where
          "orders" >= $8
      ) as "repeatBuyers",
      sum("orders") as "orders"
    from
      "buyers"
    group by
      "period"
  ),
  "loose" as (
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      count(*) as "purchasesWithoutSession"
    from
      "purchases"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-04 00:00:00.000'
  )
select
  '2024-03-04/2024-03-05' as "period",
  "buyers",
  "repeatBuyers",
  (cast("repeatBuyers" as double) / nullif(cast("buyers" as double), 0)) as "repeatRate",
  "orders",
  (cast("orders" as double) / nullif(cast("buyers" as double), 0)) as "ordersPerBuyer",
  coalesce("loose"."purchasesWithoutSession", 0) as "purchasesWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";
