-- conversion-funnel, grain hour
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('hour', "began") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%dT%H:00:00Z') as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, grain day
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('day', "began") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, grain week
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('week', "began") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, grain month
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      cast(date_trunc('month', "began") as timestamp)
  )
select
  strftime("totals"."period", '%Y-%m-%d') as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, grain all
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-03-06' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, by none
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-03-06' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, by category
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
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
      "part" as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period",
  "sessions" desc,
  "part" asc nulls last;

-- conversion-funnel, by brand
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
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
      "part" as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period",
  "sessions" desc,
  "part" asc nulls last;

-- conversion-funnel, by product
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
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
      "part" as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period",
  "sessions" desc,
  "part" asc nulls last;

-- conversion-funnel, by hour
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      hour("began") as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      hour("began")
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "hour",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- conversion-funnel, by weekday
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      isodow("began") as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      isodow("began")
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "weekday",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- conversion-funnel, the first day
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
      and "clicks"."dt" <= date '2024-02-27'
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-02-26' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, the traps of the history
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  )
select
  '2024-03-03/2024-03-05' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, units and orders
-- ["view_item","add_to_cart","sale",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $4
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $5
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $6
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $7
          and "carts" > $8
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $9
          and "purchases" > $10
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $11
          and "purchases" > $12
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000'
  )
select
  '2024-03-03/2024-03-05' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";

-- conversion-funnel, the bazaar
-- ["page","detail","put","out","pay_page","paid","view","cart","purchase",0,0,0,0,0,0,0,0,0]
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
  "sessions" as (
    select
      min("time") as "began",
      count(*) filter(
        where
          "action" = $7
      ) as "views",
      count(*) filter(
        where
          "action" = $8
      ) as "carts",
      count(*) filter(
        where
          "action" = $9
      ) as "purchases"
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
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > $10
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > $11
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > $12
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > $13
          and "carts" > $14
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > $15
          and "purchases" > $16
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = $17
          and "purchases" > $18
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-04 00:00:00.000'
  )
select
  '2024-03-04/2024-03-05' as "period",
  "sessions",
  "viewSessions",
  "cartSessions",
  "purchaseSessions",
  "viewedAndCarted",
  "cartedAndPurchased",
  "purchasedWithoutCart",
  (cast("viewedAndCarted" as double) / nullif(cast("viewSessions" as double), 0)) as "viewToCart",
  (cast("cartedAndPurchased" as double) / nullif(cast("cartSessions" as double), 0)) as "cartToPurchase",
  (cast("purchaseSessions" as double) / nullif(cast("sessions" as double), 0)) as "conversionRate"
from
  "totals"
order by
  "totals"."period";
