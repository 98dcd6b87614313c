/** The little of citation-js that is used here; the packages bring no types. */
declare module '@citation-js/core' {
  interface StyleRegister {
    has(name: string): boolean;
    add(name: string, xml: string): void;
  }
  export const plugins: {
    readonly config: { get(name: '@csl'): { readonly styles: StyleRegister } };
    readonly output: {
      format(
        format: 'bibliography',
        items: readonly object[],
        options: { readonly style: string; readonly lang: string; readonly format: 'text' | 'html' },
      ): string;
    };
  };
}
declare module '@citation-js/plugin-csl';
