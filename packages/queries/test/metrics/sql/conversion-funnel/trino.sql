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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
      date_trunc('hour', "began") as "period",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "began")
  )
select
  date_format("totals"."period", '%Y-%m-%dT%H:00:00Z') as "period",
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  )
select
  date_format("totals"."period", '%Y-%m-%d') as "period",
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
      date_trunc('week', "began") as "period",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "began")
  )
select
  date_format("totals"."period", '%Y-%m-%d') as "period",
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
      date_trunc('month', "began") as "period",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
      ) as "purchasedWithoutCart"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "began")
  )
select
  date_format("totals"."period", '%Y-%m-%d') as "period",
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "category",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "category",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "brand",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "brand",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "item",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "item",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
      day_of_week("began") as "part",
      count(*) as "sessions",
      count(*) filter(
        where
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      day_of_week("began")
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
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-02-27'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "shop"."dt" >= '2024-03-01'
      and "shop"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
      "market"."dt" >= '2024-03-01'
      and "market"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
        when "bazaar"."name" in (?, ?) then cast('view' as varchar)
        when "bazaar"."name" in (?) then cast('cart' as varchar)
        when "bazaar"."name" in (?) then cast('removeFromCart' as varchar)
        when "bazaar"."name" in (?) then cast('checkout' as varchar)
        when "bazaar"."name" in (?) then cast('purchase' as varchar)
      end as "action",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-02'
      and "bazaar"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
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
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
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
          "action" = ?
      ) as "views",
      count(*) filter(
        where
          "action" = ?
      ) as "carts",
      count(*) filter(
        where
          "action" = ?
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
          "views" > ?
      ) as "viewSessions",
      count(*) filter(
        where
          "carts" > ?
      ) as "cartSessions",
      count(*) filter(
        where
          "purchases" > ?
      ) as "purchaseSessions",
      count(*) filter(
        where
          "views" > ?
          and "carts" > ?
      ) as "viewedAndCarted",
      count(*) filter(
        where
          "carts" > ?
          and "purchases" > ?
      ) as "cartedAndPurchased",
      count(*) filter(
        where
          "carts" = ?
          and "purchases" > ?
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
