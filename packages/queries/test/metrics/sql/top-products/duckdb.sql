-- top-products, by none
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, by category
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item",
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
          "product" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "category",
  "rank",
  "product",
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

-- top-products, by brand
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
      "clicks"."price" as "amount",
      "clicks"."brand" as "brand"
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
      cast("item" as varchar) as "product",
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
      cast("brand" as varchar) as "part"
    from
      "events"
    group by
      "item",
      "brand"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "revenue" desc,
          "product" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "brand",
  "rank",
  "product",
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

-- top-products, by hour
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item",
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
          "product" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "hour",
  "rank",
  "product",
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

-- top-products, by weekday
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item",
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
          "product" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "weekday",
  "rank",
  "product",
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

-- top-products, sort revenue
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, sort purchases
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "purchases" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, sort carts
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "carts" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, sort views
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "views" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, the first day
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, the traps of the history
-- ["purchase","view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."user_id" as "actor",
      "shop"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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

-- top-products, units and orders
-- ["sale","view_item","add_to_cart","sale","sale",10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."customer" as "actor",
      "market"."sku" as "item",
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
      cast("item" as varchar) as "product",
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
      "item"
  )
select
  row_number() over (
    order by
      "revenue" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
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
