-- frequent-visitors, by none
-- ["purchase","purchase",10]
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  ?;

-- frequent-visitors, by category
-- ["purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "category",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, by brand
-- ["purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("brand" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "brand"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "brand",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, by product
-- ["purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."product_id" as "item"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("item" as varchar) as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "item"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "product",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, the first day
-- ["purchase","purchase",10]
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-02-26'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-02-27 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  ?;

-- frequent-visitors, the traps of the history
-- ["purchase","purchase",10]
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
      "shop"."dt" >= '2024-03-03'
      and "shop"."dt" <= '2024-03-05'
      and "shop"."event_time" >= timestamp '2024-03-03 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-06 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  ?;

-- frequent-visitors, units and orders
-- ["sale","sale",10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."visit" as "session",
      "market"."kind" as "action",
      "market"."unit_price" * "market"."units" as "amount"
    from
      "market"
    where
      "market"."dt" >= '2024-03-03'
      and "market"."dt" <= '2024-03-05'
      and "market"."at" >= timestamp '2024-03-03 00:00:00.000'
      and "market"."at" < timestamp '2024-03-06 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as varchar) as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  ?;
