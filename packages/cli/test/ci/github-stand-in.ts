/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  readonly issue_number: number;
  readonly user: { readonly login: string };
  body: string;
}

/** A pull request, with the members that the workflows read. */
export interface PullRequest {
  readonly number: number;
  merge_commit_sha: string | null;
  readonly head: { readonly sha: string };
}

/**
 * What the workflows ask of GitHub, in memory: comments, and the pull requests of a commit. Its methods are called as Octokit's, and refuse
 * what the token of a job may not do.
 */
export class GithubStandIn {
  readonly comments: Comment[] = [];
  readonly pulls: PullRequest[] = [];

  /** The client that `actions/github-script` gives a script, with the permissions of its job. */
  client(permissions: Readonly<Record<string, string>>) {
    const may = (permission: string, ...levels: readonly string[]): void => {
      if (!levels.includes(permissions[permission] ?? 'none'))
        throw new Error(`Resource not accessible by integration: ${permission} needs ${levels.join(' or ')}`);
    };
    const issues = {
      listComments: async ({ issue_number }: { issue_number: number }) => {
        may('pull-requests', 'read', 'write');
        return { data: this.comments.filter((comment) => comment.issue_number === issue_number) };
      },
      createComment: async ({ issue_number, body }: { issue_number: number; body: string }) => {
        may('pull-requests', 'write');
        const comment = {
          id: this.comments.length + 1,
          issue_number,
          user: { login: 'github-actions[bot]' },
          body,
        };
        this.comments.push(comment);
        return { data: comment };
      },
      updateComment: async ({ comment_id, body }: { comment_id: number; body: string }) => {
        may('pull-requests', 'write');
        const comment = this.comments.find(({ id }) => id === comment_id);
        if (!comment) throw new Error(`Not Found: comment ${comment_id}`);
        comment.body = body;
        return { data: comment };
      },
    };
    const repos = {
      listPullRequestsAssociatedWithCommit: async ({ commit_sha }: { commit_sha: string }) => {
        may('pull-requests', 'read', 'write');
        may('contents', 'read', 'write');
        return { data: this.pulls.filter(({ merge_commit_sha }) => merge_commit_sha === commit_sha) };
      },
    };
    type List = (parameters: never) => Promise<{ readonly data: readonly unknown[] }>;
    const paginate = async (list: List, parameters: object) => (await list(parameters as never)).data;
    return { rest: { issues, repos }, paginate };
  }
}
