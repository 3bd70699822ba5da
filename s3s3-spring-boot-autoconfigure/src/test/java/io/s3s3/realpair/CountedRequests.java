package io.s3s3.realpair;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import software.amazon.awssdk.services.s3.S3Client;

/**
 * Counts the requests that a client makes, by operation. Thread-safe.
 */
final class CountedRequests {

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	/**
	 * Return a client that is counted.
	 * @param client the client
	 */
	S3Client of(S3Client client) {
		return (S3Client) Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] { S3Client.class },
				(proxy, method, arguments) -> {
					this.counts.computeIfAbsent(method.getName(), (name) -> new LongAdder()).increment();
					try {
						return method.invoke(client, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	long count(String operation) {
		LongAdder count = this.counts.get(operation);
		return (count != null) ? count.sum() : 0;
	}

	void clear() {
		this.counts.clear();
	}

	@Override
	public String toString() {
		return this.counts.toString();
	}

}
