/** One group of categories, with its shares of the traffic and of the purchases. */
export interface CategoryGroup {
  readonly name: string;
  /** Category codes of the group. Empty for the products without a code. */
  readonly codes: readonly string[];
  /** The number of category ids that share the group's codes. */
  readonly ids: number;
  /** Parts per thousand of the products that visitors view. */
  readonly viewed: number;
  /** Parts per thousand of the products that buyers view, and so of purchases. */
  readonly bought: number;
  /** Mean price in cents, weighted by popularity. */
  readonly meanPrice: number;
  /** Parts per thousand of the group's traffic whose product has no brand. */
  readonly brandless: number;
}

const branches: Readonly<Record<string, string>> = {
  accessories: 'bag umbrella wallet',
  'apparel.clothes': 'coat dress jacket jeans shirt shorts skirt sweater socks tshirt underwear',
  'apparel.shoes': 'boots running sandals slippers sneakers trainers',
  appliances: 'ironing sewing steam',
  'appliances.environment': 'climate fan heater humidifier vacuum waterheater',
  'appliances.kitchen':
    'blender boiler coffee cooker dishwasher grill grinder hob juicer kettle microwave mixer oven fridge freezer toaster washer',
  'appliances.personal': 'hairdryer massager scales shaver toothbrush',
  auto: 'alarm amplifier camera compressor player radar subwoofer',
  computers: 'desktop ebook printer projector router scanner tablet',
  'computers.components': 'case cooler cpu disk memory mainboard psu soundcard videocard',
  'computers.peripherals': 'gamepad keyboard monitor mouse webcam ups',
  construction: 'drill generator lamp pump sander saw screwdriver welder',
  country: 'mower trimmer',
  electronics: 'clock telephone calculator',
  'electronics.audio': 'headphone microphone speaker hifi instrument',
  'electronics.camera': 'lens photo tripod video',
  furniture: 'bathroom bed cabinet chair desk shelf sofa table wardrobe',
  kids: 'carriage dolls highchair puzzle skates swing toys',
  sport: 'bicycle ski snowboard tennis treadmill trainer',
};

const otherCodes = Object.entries(branches).flatMap(([branch, leaves]) =>
  leaves.split(' ').map((leaf) => `${branch}.${leaf}`),
);

/**
 * The groups in the published revenue figures, and the remaining ones. Their weights give the simulated revenue the shares by
 * category of the public October file.
 */
export const categoryGroups: readonly CategoryGroup[] = [
  {
    name: 'smartphone',
    codes: ['electronics.smartphone'],
    ids: 1,
    viewed: 270,
    bought: 454,
    meanPrice: 46_400,
    brandless: 15,
  },
  {
    name: 'notebook',
    codes: ['computers.notebook'],
    ids: 1,
    viewed: 35,
    bought: 22,
    meanPrice: 56_000,
    brandless: 15,
  },
  {
    name: 'tv',
    codes: ['electronics.video.tv'],
    ids: 1,
    viewed: 32,
    bought: 31,
    meanPrice: 40_000,
    brandless: 15,
  },
  { name: 'other', codes: otherCodes, ids: 248, viewed: 312, bought: 291, meanPrice: 14_800, brandless: 130 },
  { name: 'none', codes: [], ids: 300, viewed: 351, bought: 202, meanPrice: 15_500, brandless: 290 },
];
