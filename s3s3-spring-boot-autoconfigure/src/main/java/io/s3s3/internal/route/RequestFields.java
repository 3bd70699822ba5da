package io.s3s3.internal.route;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Remembers for each type of request which of its members matter. Thread-safe.
 *
 * @param <F> what is remembered of the members
 */
public final class RequestFields<F> {

	private final Function<List<SdkField<?>>, F> finder;

	private final Map<Class<?>, F> known = new ConcurrentHashMap<>();

	RequestFields(Function<List<SdkField<?>>, F> finder) {
		this.finder = finder;
	}

	/**
	 * Create a memory of members with the given names. An array, because it is iterated
	 * several times per call.
	 * @param names the names, as in S3's API reference
	 * @return the memory, of members in the order of the names
	 */
	public static RequestFields<SdkField<?>[]> named(String... names) {
		return new RequestFields<>((fields) -> Stream.of(names)
			.flatMap((name) -> fields.stream().filter((field) -> field.memberName().equals(name)))
			.toArray(SdkField<?>[]::new));
	}

	/**
	 * Return what is remembered of a type of request.
	 * @param request a request of this type
	 * @return what matters of its members
	 */
	public F of(S3Request request) {
		F found = this.known.get(request.getClass());
		return (found != null) ? found
				: this.known.computeIfAbsent(request.getClass(), (type) -> this.finder.apply(request.sdkFields()));
	}

}
