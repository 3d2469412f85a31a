-- slow-sellers, by none
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."product_id" as "item",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
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
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  $6;

-- slow-sellers, by category
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."product_id" as "item",
      "clicks"."price" as "amount",
      "clicks"."category_code" collate "C" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "revenue",
      cast("category" as text) collate "C" as "part"
    from
      "events"
    group by
      "item",
      "category"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- slow-sellers, by brand
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."product_id" as "item",
      "clicks"."price" as "amount",
      "clicks"."brand" collate "C" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "revenue",
      cast("brand" as text) collate "C" as "part"
    from
      "events"
    group by
      "item",
      "brand"
  ),
  "rated" as (
    select
      *,
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- slow-sellers, the first day
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."product_id" as "item",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-02-26'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
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
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  $6;

-- slow-sellers, the traps of the history
-- ["view","cart","purchase","purchase",1,10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" collate "C" as "action",
      "shop"."product_id" as "item",
      "shop"."price" as "amount"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-03'
      and "shop"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
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
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  $6;

-- slow-sellers, units and orders
-- ["view_item","add_to_cart","sale","sale",1,10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" collate "C" as "action",
      "market"."sku" collate "C" as "item",
      "market"."unit_price" * "market"."units" as "amount"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-03'
      and "market"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $1
      ) as "views",
      count(*) filter (
        where
          "action" = $2
      ) as "carts",
      count(*) filter (
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
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
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $5
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
  $6;

-- slow-sellers, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","view","cart","purchase","purchase",1,10]
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
      "bazaar"."sku" collate "C" as "item",
      cast(cast("bazaar"."price" as text) as decimal(38, 4)) as "amount",
      "bazaar"."visit" collate "C" as "session_key"
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
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "item",
      "amount",
      "session_key",
      lag("time") over (
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
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
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
      "item",
      "amount",
      cast("session_key" as text) collate "C" as "session"
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
      "item",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
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
      sum(
        case
          when "action" = $8 then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = $9
        or "action" = $10
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
          when "action" = $11 then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."action" as "action",
      case
        when "carts"."cart_item" is null then "rounds"."item"
        else "carts"."cart_item"
      end as "item",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount"
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
      "item",
      "amount"
    from
      "carted"
  ),
  "totals" as (
    select
      cast("item" as text) collate "C" as "product",
      count(*) filter (
        where
          "action" = $12
      ) as "views",
      count(*) filter (
        where
          "action" = $13
      ) as "carts",
      count(*) filter (
        where
          "action" = $14
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $15
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
      (cast("purchases" as double precision) / nullif(cast("views" as double precision), 0)) as "purchasesPerView"
    from
      "totals"
    where
      "views" >= $16
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
  $17;
