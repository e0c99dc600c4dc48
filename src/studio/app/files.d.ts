// Files that the bundle contains as text.
declare module "*.md" {
  const text: string;
  export default text;
}
declare module "*.bib" {
  const text: string;
  export default text;
}
declare module "*.svg" {
  const text: string;
  export default text;
}
