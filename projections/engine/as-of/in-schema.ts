import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  type QueryResult,
  type RootOperationNode,
  SchemableIdentifierNode,
  type UnknownRow,
} from 'kysely'

class Transformer extends OperationNodeTransformer {
  readonly #schema: string
  readonly #tables: ReadonlySet<string>

  constructor(schema: string, tables: ReadonlySet<string>) {
    super()
    this.#schema = schema
    this.#tables = tables
  }

  protected override transformSchemableIdentifier(node: SchemableIdentifierNode, queryId?: QueryId) {
    const named = super.transformSchemableIdentifier(node, queryId)
    const { schema, identifier } = named
    if (schema || !this.#tables.has(identifier.name)) return named
    return SchemableIdentifierNode.createWithSchema(this.#schema, identifier.name)
  }
}

/**
 * Finds the given tables in a schema, wherever a query names them. Kysely's own `withSchema` leaves those alone that stand
 * in a piece of SQL.
 */
export class InSchema implements KyselyPlugin {
  readonly #transformer: Transformer

  constructor(schema: string, tables: readonly string[]) {
    this.#transformer = new Transformer(schema, new Set(tables))
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node, queryId)
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}
