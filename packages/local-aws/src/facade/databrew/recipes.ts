import type { DescribeRecipeResponse, RecipeStep } from '@aws-sdk/client-databrew';
import { AwsError } from '../aws-error.ts';

interface RecipeVersion {
  readonly version: string;
  readonly steps: readonly RecipeStep[];
  readonly description: string | undefined;
  readonly created: Date;
  readonly published: Date | undefined;
}

interface Recipe {
  readonly name: string;
  working: RecipeVersion;
  readonly published: Map<string, RecipeVersion>;
}

/** The content of a recipe, as CreateRecipe and UpdateRecipe take it. */
export interface RecipeContent {
  readonly Name: string;
  readonly Steps?: readonly RecipeStep[] | undefined;
  readonly Description?: string | undefined;
}

/**
 * Recipes with their versions. Updates change the working copy, `LATEST_WORKING`; publishing makes 1.0, 2.0 and so on.
 *
 * @see https://docs.aws.amazon.com/databrew/latest/dg/API_Recipe.html
 */
export class Recipes {
  readonly #recipes = new Map<string, Recipe>();

  create({ Name, Steps = [], Description }: RecipeContent): void {
    if (this.#recipes.has(Name))
      throw new AwsError('ConflictException', `The recipe ${Name} already exists.`, {}, 409);
    const working = {
      version: '0.1',
      steps: Steps,
      description: Description,
      created: new Date(),
      published: undefined,
    };
    this.#recipes.set(Name, { name: Name, working, published: new Map() });
  }

  /** Replaces the working copy. What an update omits stays as it was. */
  update({ Name, Steps, Description }: RecipeContent): void {
    const recipe = this.#get(Name);
    const { working } = recipe;
    recipe.working = {
      ...working,
      steps: Steps ?? working.steps,
      description: Description ?? working.description,
    };
  }

  publish(name: string, description: string | undefined): void {
    const recipe = this.#get(name);
    const numbers = [...recipe.published.keys()].map((version) => Number.parseInt(version, 10));
    const next = Math.max(0, Number.parseInt(recipe.working.version, 10), ...numbers) + 1;
    const { working } = recipe;
    const version = `${next}.0`;
    recipe.published.set(version, {
      ...working,
      version,
      description: description ?? working.description,
      published: new Date(),
    });
    recipe.working = { ...working, version: `${next}.1` };
  }

  /** @param version defaults to the latest published one, as in DescribeRecipe */
  describe(name: string, version = 'LATEST_PUBLISHED'): DescribeRecipeResponse {
    const found = this.find(name, version);
    if (!found) throw missing(`The recipe ${name} for version ${version} wasn't found.`);
    return describeVersion(name, found);
  }

  find(name: string, version: string): RecipeVersion | undefined {
    const recipe = this.#recipes.get(name);
    if (version === 'LATEST_WORKING' || version === recipe?.working.version) return recipe?.working;
    if (version === 'LATEST_PUBLISHED') return [...(recipe?.published.values() ?? [])].at(-1);
    return recipe?.published.get(version);
  }

  has(name: string): boolean {
    return this.#recipes.has(name);
  }

  /** Every recipe that has such a version. */
  list(version = 'LATEST_PUBLISHED'): DescribeRecipeResponse[] {
    return [...this.#recipes.keys()].flatMap((name) => {
      const found = this.find(name, version);
      return found ? [describeVersion(name, found)] : [];
    });
  }

  /** The published versions. */
  versions(name: string): DescribeRecipeResponse[] {
    return [...(this.#recipes.get(name)?.published.values() ?? [])].map((one) => describeVersion(name, one));
  }

  /** The working copy can be deleted only when no version is published, and takes the recipe with it. */
  deleteVersion(name: string, version: string): void {
    const recipe = this.#get(name);
    const isWorking = version === 'LATEST_WORKING' || version === recipe.working.version;
    if (isWorking && recipe.published.size > 0)
      throw new AwsError('ConflictException', `The working copy of ${name} has published versions.`, {}, 409);
    if (isWorking) this.#recipes.delete(name);
    else if (!recipe.published.delete(version))
      throw missing(`The recipe ${name} version ${version} wasn't found.`);
  }

  #get(name: string): Recipe {
    const found = this.#recipes.get(name);
    if (!found) throw missing(`The recipe ${name} wasn't found.`);
    return found;
  }
}

const missing = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, {}, 404);

const describeVersion = (
  Name: string,
  { version, steps, description, created, published }: RecipeVersion,
): DescribeRecipeResponse => ({
  Name,
  Steps: [...steps],
  Description: description,
  RecipeVersion: version,
  CreateDate: created,
  PublishedDate: published,
});
