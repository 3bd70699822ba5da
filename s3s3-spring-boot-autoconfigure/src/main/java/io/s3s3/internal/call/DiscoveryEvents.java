package io.s3s3.internal.call;

import java.util.function.Function;

import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.event.WriteBuried;
import io.s3s3.event.WriteNotReplicated;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Sends a listener what was found out of keys that nobody has read, as events of a
 * {@code HeadObject} of each key. Thread-safe.
 *
 * @param listener receives the events
 * @param bucket the bucket that callers name
 */
public record DiscoveryEvents(RequestListener listener, String bucket) implements Discoveries {

	@Override
	public void buried(String key, LocationRole location) {
		tell(WriteBuried.class, key, (call) -> new WriteBuried(call, location));
	}

	@Override
	public void notReplicated(String key, LocationRole location) {
		tell(WriteNotReplicated.class, key, (call) -> new WriteNotReplicated(call, location));
	}

	@Override
	public void unproven(String key, LocationRole location) {
		tell(ReadUnproven.class, key, (call) -> new ReadUnproven(call, location));
	}

	private void tell(Class<? extends RequestEvent> type, String key, Function<S3Call, RequestEvent> event) {
		if (this.listener.wants(type)) {
			HeadObjectRequest request = HeadObjectRequest.builder().bucket(this.bucket).key(key).build();
			this.listener.onRequestEvent(event.apply(new S3Call("HeadObject", request, true)));
		}
	}

}
