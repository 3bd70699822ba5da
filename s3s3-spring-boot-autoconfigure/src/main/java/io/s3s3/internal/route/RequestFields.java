package io.s3s3.internal.route;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Remembers for each type of request which of its members matter. Thread-safe.
 *
 * @param <F> what is remembered of the members
 */
final class RequestFields<F> {

	private final Function<List<SdkField<?>>, F> finder;

	private final Map<Class<?>, F> known = new ConcurrentHashMap<>();

	RequestFields(Function<List<SdkField<?>>, F> finder) {
		this.finder = finder;
	}

	/**
	 * Create a memory of members with the given names. An array, because it is iterated
	 * several times per call.
	 */
	static RequestFields<SdkField<?>[]> named(String... names) {
		Set<String> wanted = Set.of(names);
		return new RequestFields<>((fields) -> fields.stream()
			.filter((field) -> wanted.contains(field.memberName()))
			.toArray(SdkField<?>[]::new));
	}

	F of(S3Request request) {
		F found = this.known.get(request.getClass());
		return (found != null) ? found
				: this.known.computeIfAbsent(request.getClass(), (type) -> this.finder.apply(request.sdkFields()));
	}

}
