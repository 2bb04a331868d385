/** What is wanted on 10,000 files, and what was measured there. */
export interface Budget {
  readonly name: string;
  readonly most: number;
  readonly unit: 'x floor' | 'MB' | 'ms';
  readonly measured: number;
  readonly holds: boolean;
}

export interface Measured {
  readonly cold: { readonly xFloor: number; readonly xFloorFirst?: number; readonly peakRssMb?: number };
  readonly warm: { readonly xFloor: number };
  readonly keystroke?: { readonly p95: number };
  readonly removal?: { readonly ms: number; readonly restingMb: number };
}

/** The budgets that a measurement tells something of. */
export function budgetsOf({ cold, warm, keystroke, removal }: Measured): Budget[] {
  return told([
    ['cold index', 35, 'x floor', cold.xFloor],
    ['first flag results', 15, 'x floor', cold.xFloorFirst],
    ['warm start', 3, 'x floor', warm.xFloor],
    ['memory (peak)', 250, 'MB', cold.peakRssMb],
    ['keystroke p95', 8, 'ms', keystroke?.p95],
    ['plan of a removal', 2000, 'ms', removal?.ms],
    ['memory after a removal', 250, 'MB', removal?.restingMb],
  ]);
}

/** What is wanted of a change of 100 files and 5,000 lines. */
export function budgetsOfChange(
  measured: Record<'cold' | 'warm' | 'strokes', Readonly<Record<string, number>>>,
): Budget[] {
  return told([
    ['a change, cold', 1500, 'ms', measured.cold.ms],
    ['a change, after a restart', 300, 'ms', measured.warm.ms],
    ['keystroke in a change p95', 10, 'ms', measured.strokes.p95],
  ]);
}

function told(rows: readonly (readonly [string, number, Budget['unit'], number | undefined])[]): Budget[] {
  return rows.flatMap(([name, most, unit, measured]) =>
    measured === undefined
      ? []
      : [{ name, most, unit, measured: Number(measured.toFixed(1)), holds: measured <= most }],
  );
}
