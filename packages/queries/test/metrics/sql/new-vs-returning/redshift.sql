-- new-vs-returning, grain day
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, grain week
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('week', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('week', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, grain month
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('month', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('month', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, grain all
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, by none
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, by category
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day",
      cast("category" as varchar(65535)) as "part"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor",
          "part"
        order by
          "day"
      ) as "previous",
      "part" as "part"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew",
      "part" as "part"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      max("isNew") as "isNew",
      "part" as "part"
    from
      "marked"
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors",
      "part" as "part"
    from
      "visitors"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- new-vs-returning, by brand
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day",
      cast("brand" as varchar(65535)) as "part"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor",
          "part"
        order by
          "day"
      ) as "previous",
      "part" as "part"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew",
      "part" as "part"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      max("isNew") as "isNew",
      "part" as "part"
    from
      "marked"
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors",
      "part" as "part"
    from
      "visitors"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- new-vs-returning, by product
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day",
      cast("item" as varchar(65535)) as "part"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor",
          "part"
        order by
          "day"
      ) as "previous",
      "part" as "part"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew",
      "part" as "part"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      max("isNew") as "isNew",
      "part" as "part"
    from
      "marked"
    group by
      "actor",
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors",
      "part" as "part"
    from
      "visitors"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- new-vs-returning, the first day
-- [30,1,0]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-01-27'
      and "clicks"."dt" <= date '2024-02-26'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-02-26 00:00:00.000'
        and "day" < timestamp '2024-02-27 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, the traps of the history
-- [30,1,0]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-02-02'
      and "shop"."dt" <= date '2024-03-05'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-03-03 00:00:00.000'
        and "day" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, units and orders
-- [30,1,0]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor"
    from
      "market"
    where
      "market"."dt" >= date '2024-02-02'
      and "market"."dt" <= date '2024-03-05'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-03-03 00:00:00.000'
        and "day" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";

-- new-vs-returning, the bazaar
-- [30,1,0]
with
  "events" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visitor" as "actor"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-02-03'
      and "bazaar"."dt" <= date '2024-03-05'
  ),
  "visits" as (
    select distinct
      "actor",
      date_trunc('day', "time") as "day"
    from
      "events"
    where
      "actor" is not null
  ),
  "spaced" as (
    select
      "actor",
      "day",
      lag("day") over (
        partition by
          "actor"
        order by
          "day"
      ) as "previous"
    from
      "visits"
  ),
  "marked" as (
    select
      "actor",
      "day",
      case
        when "previous" is null then 1
        when datediff(day, "previous", "day") > $1 then 1
        else 0
      end as "isNew"
    from
      "spaced"
    where
      (
        "day" >= timestamp '2024-03-04 00:00:00.000'
        and "day" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "visitors" as (
    select
      date_trunc('day', "day") as "period",
      max("isNew") as "isNew"
    from
      "marked"
    group by
      "actor",
      date_trunc('day', "day")
  ),
  "totals" as (
    select
      "period",
      count(*) as "visitors",
      count(
        case
          when "isNew" = $2 then 1
        end
      ) as "newVisitors",
      count(
        case
          when "isNew" = $3 then 1
        end
      ) as "returningVisitors"
    from
      "visitors"
    group by
      "period"
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "visitors",
  "newVisitors",
  "returningVisitors",
  (cast("newVisitors" as double precision) / nullif(cast("visitors" as double precision), 0)) as "newRate"
from
  "totals"
order by
  "totals"."period";
