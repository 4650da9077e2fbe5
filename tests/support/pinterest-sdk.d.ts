/** A client made from Pinterest's own description of its interface, without types; this is what the tests use of it. */
declare module 'pinterest-sdk' {
  type Fields = Readonly<Record<string, unknown>>
  type Back<T> = (error: Error | null, data: T) => void
  type Named = Fields & { readonly id: string }
  interface Listed {
    readonly items: readonly Fields[]
    readonly bookmark: string | null
  }
  interface Upload {
    readonly media_id: string
    readonly upload_url: string
    readonly upload_parameters: Readonly<Record<string, string>>
  }
  export class ApiClient {
    constructor(address: string)
    readonly authentications: { readonly pinterest_oauth2: { accessToken?: string } }
  }
  export class UserAccountApi {
    constructor(client: ApiClient)
    userAccountGet(options: Fields, back: Back<Fields>): void
  }
  export class BoardsApi {
    constructor(client: ApiClient)
    boardsList(options: Fields, back: Back<Listed>): void
    boardsListPins(board: string, options: Fields, back: Back<Listed>): void
    boardSectionsList(board: string, options: Fields, back: Back<Listed>): void
  }
  export class PinsApi {
    constructor(client: ApiClient)
    pinsCreate(pin: Fields, back: Back<Named>): void
    pinsGet(id: string, options: Fields, back: Back<Named>): void
    pinsDelete(id: string, back: Back<null>): void
  }
  export class MediaApi {
    constructor(client: ApiClient)
    mediaCreate(media: Fields, back: Back<Upload>): void
    mediaGet(id: string, back: Back<Fields>): void
  }
}
