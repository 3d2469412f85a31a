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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
        ),
        0
      ) as "revenue",
      cast("category" as varchar(65535)) as "part"
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
        ),
        0
      ) as "revenue",
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      ) as "part"
    from
      "events"
    group by
      "brand",
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      )
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
        ),
        0
      ) as "revenue",
      (
        (
          cast(
            extract(
              dow
              from
                "time"
            ) as integer
          ) + 6
        ) % 7 + 1
      ) as "part"
    from
      "events"
    group by
      "brand",
      (
        (
          cast(
            extract(
              dow
              from
                "time"
            ) as integer
          ) + 6
        ) % 7 + 1
      )
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $1 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $4 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $5 then "amount"
          end
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

-- top-brands, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","purchase","view","cart","purchase","purchase",10]
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
      "bazaar"."visitor" as "actor",
      "bazaar"."maker" as "brand",
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."sku" as "item",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "actor",
      "brand",
      "amount",
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
      "actor",
      "brand",
      "amount",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
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
      "brand",
      "amount",
      "item",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
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
      max("brand") as "cart_brand",
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
      "rounds"."actor" as "actor",
      case
        when "carts"."cart_item" is null then "rounds"."brand"
        else "carts"."cart_brand"
      end as "brand",
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
      "brand",
      "amount"
    from
      "carted"
  ),
  "totals" as (
    select
      "brand",
      count(
        distinct case
          when "action" = $12 then "actor"
        end
      ) as "buyers",
      count(
        case
          when "action" = $13 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $14 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $15 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $16 then "amount"
          end
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
  $17;
