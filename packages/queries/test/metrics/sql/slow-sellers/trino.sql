-- slow-sellers, by none
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "item"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "purchasesPerView",
      "views" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "rated"
order by
  "rank"
limit
  ?;

-- slow-sellers, by category
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
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
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "purchasesPerView",
          "views" desc,
          "product" asc nulls last
      ) as "rank"
    from
      "rated"
  )
select
  "part" as "category",
  "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- slow-sellers, by brand
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
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
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "purchasesPerView",
          "views" desc,
          "product" asc nulls last
      ) as "rank"
    from
      "rated"
  )
select
  "part" as "brand",
  "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- slow-sellers, the first day
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "item"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "purchasesPerView",
      "views" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "rated"
order by
  "rank"
limit
  ?;

-- slow-sellers, the traps of the history
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."product_id" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "item"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "purchasesPerView",
      "views" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "rated"
order by
  "rank"
limit
  ?;

-- slow-sellers, units and orders
-- ["view_item","add_to_cart","sale","sale",1,10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."sku" as "item",
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
      cast("item" as varchar) as "product",
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
      coalesce(
        sum("amount") filter(
          where
            "action" = ?
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      "item"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double) / nullif(cast("views" as double), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "purchasesPerView",
      "views" desc,
      "product" asc nulls last
  ) as "rank",
  "product",
  "views",
  "carts",
  "purchases",
  "revenue",
  "purchasesPerView"
from
  "rated"
order by
  "rank"
limit
  ?;
