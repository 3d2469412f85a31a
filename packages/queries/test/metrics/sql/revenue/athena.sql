-- revenue, grain hour
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('hour', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "ordered")
  ),
  "sales" as (
    select
      date_trunc('hour', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%dT%H:00:00Z') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain day
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain week
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('week', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "ordered")
  ),
  "sales" as (
    select
      date_trunc('week', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain month
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('month', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "ordered")
  ),
  "sales" as (
    select
      date_trunc('month', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain all
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
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
      timestamp '2024-02-26 00:00:00.000'
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, the first day
-- ["purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-02-26'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-02-27 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, the traps of the history
-- ["purchase"]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."session" as "session",
      "shop"."event_type" as "action",
      "shop"."price" as "amount"
    from
      "shop"
    where
      "shop"."dt" >= '2024-03-02'
      and "shop"."dt" <= '2024-03-05'
      and "shop"."event_time" >= timestamp '2024-03-02 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-06 00:00:00.000'
  ),
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = ?
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum("amount") filter(
          where
            "session" is not null
        ),
        0
      ) as "inOrders",
      coalesce(
        sum("amount") filter(
          where
            "session" is null
        ),
        0
      ) as "loose",
      count(*) filter(
        where
          "session" is null
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("sales"."period", '%Y-%m-%d') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double) / nullif(cast("orders"."orders" as double), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";
