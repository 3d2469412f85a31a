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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  "rank" <= ?
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  "rank" <= ?
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  "rank" <= ?
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
      day_of_week("time") as "part"
    from
      "events"
    group by
      "item",
      day_of_week("time")
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
  "rank" <= ?
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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "clicks"."dt" >= '2024-02-26'
      and "clicks"."dt" <= '2024-02-26'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "shop"."dt" >= '2024-03-03'
      and "shop"."dt" <= '2024-03-05'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

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
      "market"."dt" >= '2024-03-03'
      and "market"."dt" <= '2024-03-05'
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

-- top-products, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","purchase","view","cart","purchase","purchase",10]
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
      "bazaar"."visitor" as "actor",
      "bazaar"."sku" as "item",
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-02'
      and "bazaar"."dt" <= '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
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
      "actor",
      "item",
      "amount",
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
  "raw" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
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
  "bare" as (
    select
      *,
      case
        when (
          "action" = ?
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
          when "action" = ? then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = ?
        or "action" = ?
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
          when "action" = ? then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."action" as "action",
      "rounds"."actor" as "actor",
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
      "actor",
      "item",
      "amount"
    from
      "carted"
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;

-- top-products, by a column
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","purchase","view","cart","purchase","purchase",10]
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
      "bazaar"."visitor" as "actor",
      "bazaar"."sku" as "item",
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."country" as "part_column",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-02'
      and "bazaar"."dt" <= '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
      "part_column",
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
      "actor",
      "item",
      "amount",
      "part_column",
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
  "raw" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
      "part_column",
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
  "bare" as (
    select
      *,
      case
        when (
          "action" = ?
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
          when "action" = ? then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = ?
        or "action" = ?
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
          when "action" = ? then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."action" as "action",
      "rounds"."actor" as "actor",
      case
        when "carts"."cart_item" is null then "rounds"."item"
        else "carts"."cart_item"
      end as "item",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount",
      "rounds"."part_column" as "part_column"
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
      "actor",
      "item",
      "amount",
      "part_column"
    from
      "carted"
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
      cast("part_column" as varchar) as "part"
    from
      "events"
    group by
      "item",
      "part_column"
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
  "part" as "country",
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
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- top-products, of some events
-- ["page","detail","put","out","pay_page","paid","DE","purchase","cart","cart","removeFromCart","cart","acme","purchase","view","cart","purchase","purchase",10]
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
      "bazaar"."visitor" as "actor",
      "bazaar"."sku" as "item",
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."maker" as "brand",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-02'
      and "bazaar"."dt" <= '2024-03-05'
      and (
        "bazaar"."country" = ?
        or "bazaar"."country" is null
      )
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
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
      "actor",
      "item",
      "amount",
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
  "raw" as (
    select
      "time",
      "action",
      "actor",
      "item",
      "amount",
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
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "bare" as (
    select
      *,
      case
        when (
          "action" = ?
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
      max("brand") as "cart_brand",
      sum(
        case
          when "action" = ? then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = ?
        or "action" = ?
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
          when "action" = ? then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."action" as "action",
      "rounds"."actor" as "actor",
      case
        when "carts"."cart_item" is null then "rounds"."item"
        else "carts"."cart_item"
      end as "item",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount",
      case
        when "carts"."cart_item" is null then "rounds"."brand"
        else "carts"."cart_brand"
      end as "brand"
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
      "actor",
      "item",
      "amount"
    from
      "carted"
    where
      "carted"."brand" = ?
  ),
  "totals" as (
    select
      cast("item" as varchar) as "product",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
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
  ?;
