import type {
  CreateAnalysisCommandInput,
  CreateDashboardCommandInput,
  CreateDataSetCommandInput,
  CreateDataSourceCommandInput,
  CreateRefreshScheduleCommandInput,
  CreateThemeCommandInput,
} from '@aws-sdk/client-quicksight';

/**
 * Everything of a dashboard on QuickSight, as the requests that create it, in the order in which they have to be made. It follows from the
 * definition, its metrics and the config alone: lists are sorted, ids are made of names, and nothing is of the day of the run.
 *
 * A publisher sends the requests, or the updates with the same members. It adds permissions for the principals, and how strictly QuickSight
 * checks.
 */
export interface QuickSightAssets {
  /** Athena, with the workgroup of the config. */
  readonly dataSource: CreateDataSourceCommandInput;
  /**
   * Who sees which rows: a data set whose `UseAs` is `RLS_RULES`, which the others name by its ARN. Its rows are constants of its
   * statement, so no file has to be stored beside it. Absent where the config has no roles.
   */
  readonly rowLevelDataSet?: CreateDataSetCommandInput;
  /** By their ids. */
  readonly dataSets: readonly CreateDataSetCommandInput[];
  /** Light and dark, in the colours of the page. */
  readonly themes: readonly CreateThemeCommandInput[];
  readonly analysis: CreateAnalysisCommandInput;
  readonly dashboard: CreateDashboardCommandInput;
  /** One for each data set in SPICE; none for data sets that are queried directly. */
  readonly refreshSchedules: readonly CreateRefreshScheduleCommandInput[];
  /** Who may change it, and who may look: ARNs of users and groups. */
  readonly principals: { readonly owners: readonly string[]; readonly viewers: readonly string[] };
}

/** Charts that could not be derived, by their ids, each with the reason in words. */
export type LeftOut = Readonly<Record<string, string>>;
