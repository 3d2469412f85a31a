-- top-brands, by none
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, by category
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue",
      cast("category" as varchar) as "part"
    from
      "events"
    group by
      "brand",
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "revenue" desc,
          "brand" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "category",
  "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "ranked"
where
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- top-brands, by hour
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue",
      hour("time") as "part"
    from
      "events"
    group by
      "brand",
      hour("time")
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "revenue" desc,
          "brand" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "hour",
  "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "ranked"
where
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- top-brands, by weekday
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue",
      isodow("time") as "part"
    from
      "events"
    group by
      "brand",
      isodow("time")
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "revenue" desc,
          "brand" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "weekday",
  "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "ranked"
where
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- top-brands, sort revenue
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, sort purchases
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "purchases" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, sort carts
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "carts" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, sort views
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "views" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, the first day
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-02-26'
      and "clicks"."event_time" >= timestamp '2024-02-26 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-02-27 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, the traps of the history
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."user_id" as "actor",
      "shop"."brand" as "brand",
      "shop"."price" as "amount"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-03'
      and "shop"."dt" <= date '2024-03-05'
      and "shop"."event_time" >= timestamp '2024-03-03 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-06 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;

-- top-brands, units and orders
-- ["sale","view_item","add_to_cart","sale","sale",10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."customer" as "actor",
      "market"."maker" as "brand",
      "market"."unit_price" * "market"."units" as "amount"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-03'
      and "market"."dt" <= date '2024-03-05'
      and "market"."at" >= timestamp '2024-03-03 00:00:00.000'
      and "market"."at" < timestamp '2024-03-06 00:00:00.000'
  ),
  "totals" as (
    select
      "brand",
      count(distinct "actor") filter(
        where
          "action" = $1
      ) as "buyers",
      count(*) filter(
        where
          "action" = $2
      ) as "views",
      count(*) filter(
        where
          "action" = $3
      ) as "carts",
      count(*) filter(
        where
          "action" = $4
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $5
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "brand"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "brand" asc nulls last
  ) as "rank",
  "brand",
  "views",
  "carts",
  "purchases",
  "revenue",
  "buyers"
from
  "totals"
order by
  "rank"
limit
  $6;
