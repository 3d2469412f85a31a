-- conversion-funnel, grain hour
-- ["view","cart","purchase",0,0,0,0,0,0,0,0,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-03-07'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-08 00:00:00.000'
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
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-25'
      and "clicks"."dt" <= date '2024-02-27'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-02-28 00:00:00.000'
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
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."session" as "session",
      "shop"."event_type" as "action"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-02'
      and "shop"."dt" <= date '2024-03-06'
      and "shop"."event_time" >= timestamp '2024-03-02 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-07 00:00:00.000'
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
  "events" as (
    select
      "market"."at" as "time",
      "market"."visit" as "session",
      "market"."kind" as "action"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-02'
      and "market"."dt" <= date '2024-03-06'
      and "market"."at" >= timestamp '2024-03-02 00:00:00.000'
      and "market"."at" < timestamp '2024-03-07 00:00:00.000'
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
  "events" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visit" as "session",
      case
        when "bazaar"."name" in ($1, $2) then cast('view' as varchar)
        when "bazaar"."name" in ($3) then cast('cart' as varchar)
        when "bazaar"."name" in ($4) then cast('removeFromCart' as varchar)
        when "bazaar"."name" in ($5) then cast('checkout' as varchar)
        when "bazaar"."name" in ($6) then cast('purchase' as varchar)
      end as "action"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-03'
      and "bazaar"."dt" <= date '2024-03-06'
      and "bazaar"."at" >= timestamp '2024-03-03 00:00:00.000'
      and "bazaar"."at" < timestamp '2024-03-07 00:00:00.000'
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
