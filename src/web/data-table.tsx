/** A table that scrolls on its own where it is wider than the window, by keys too. */
import type { ComponentChildren, VNode } from 'preact';

export interface TableProps {
  /** What it holds, for those who come to it by keys. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
}

export function Table({ label, columns, children }: TableProps): VNode {
  return (
    <section class="wide" aria-label={label} tabindex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
