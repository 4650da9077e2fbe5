/** The official client of Ghost has no types; this is what the tests use of it. */
declare module '@tryghost/admin-api' {
  type Fields = Readonly<Record<string, unknown>>
  type Query = Readonly<Record<string, string>>
  type Post = Fields & { readonly id: string; readonly updated_at: string }
  export default class GhostAdminAPI {
    constructor(options: { readonly url: string; readonly key: string; readonly version: string })
    readonly posts: {
      add(fields: Fields, query?: Query): Promise<Post>
      edit(fields: Fields, query?: Query): Promise<Post>
      read(which: { readonly id: string; readonly include?: string }): Promise<Post>
      delete(which: { readonly id: string }): Promise<void>
    }
    readonly newsletters: { browse(query?: Query): Promise<readonly Fields[]> }
    readonly site: { read(): Promise<Fields> }
  }
}
