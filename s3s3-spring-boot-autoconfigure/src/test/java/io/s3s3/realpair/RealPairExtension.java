package io.s3s3.realpair;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Brings up the pair for the first test that takes it, and down after the last one.
 */
final class RealPairExtension implements ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(RealPair.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RealPair.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot().getStore(NAMESPACE).computeIfAbsent(RealPair.class, (type) -> up(), RealPair.class);
	}

	private static RealPair up() {
		try {
			return RealPair.up();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
