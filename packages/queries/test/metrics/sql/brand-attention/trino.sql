-- brand-attention, by none
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
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
      "brand",
      count(*) filter(
        where
          "action" = ?
      ) as "views",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "viewers",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double) / nullif(cast(sum("views") over () as double), 0)) as "viewShare",
      coalesce((cast("purchases" as double) / nullif(cast(sum("purchases") over () as double), 0)), 0) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  ?;

-- brand-attention, by category
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
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
      "brand",
      count(*) filter(
        where
          "action" = ?
      ) as "views",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "viewers",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand",
      "category"
  ),
  "shares" as (
    select
      *,
      (
        cast("views" as double) / nullif(
          cast(
            sum("views") over (
              partition by
                "part"
            ) as double
          ),
          0
        )
      ) as "viewShare",
      coalesce(
        (
          cast("purchases" as double) / nullif(
            cast(
              sum("purchases") over (
                partition by
                  "part"
              ) as double
            ),
            0
          )
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
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
          "attentionGap" desc,
          "brand"
      ) as "rank"
    from
      "rated"
  )
select
  "part" as "category",
  "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "ranked"
where
  "rank" <= ?
order by
  "part" asc nulls last,
  "rank";

-- brand-attention, the first day
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand"
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
      "brand",
      count(*) filter(
        where
          "action" = ?
      ) as "views",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "viewers",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double) / nullif(cast(sum("views") over () as double), 0)) as "viewShare",
      coalesce((cast("purchases" as double) / nullif(cast(sum("purchases") over () as double), 0)), 0) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  ?;

-- brand-attention, the traps of the history
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."user_id" as "actor",
      "shop"."brand" as "brand"
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
      "brand",
      count(*) filter(
        where
          "action" = ?
      ) as "views",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "viewers",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double) / nullif(cast(sum("views") over () as double), 0)) as "viewShare",
      coalesce((cast("purchases" as double) / nullif(cast(sum("purchases") over () as double), 0)), 0) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  ?;

-- brand-attention, units and orders
-- ["view_item","view_item","sale","sale",1,10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."customer" as "actor",
      "market"."maker" as "brand"
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
      "brand",
      count(*) filter(
        where
          "action" = ?
      ) as "views",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "viewers",
      count(*) filter(
        where
          "action" = ?
      ) as "purchases",
      count(distinct "actor") filter(
        where
          "action" = ?
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double) / nullif(cast(sum("views") over () as double), 0)) as "viewShare",
      coalesce((cast("purchases" as double) / nullif(cast(sum("purchases") over () as double), 0)), 0) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= ?
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  ?;
