package io.s3s3;

import java.util.List;

import io.s3s3.event.UploadBound;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.MultipartStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uploads whose ids are too long to be part of one that names their location.
 */
class LongUploadIdIntegrationTests extends AbstractPortableUploadTests {

	@Test
	void areBoundAndKeepTheirIds() {
		try (MultipartStore store = MultipartStore.start("east".repeat(250))) {
			this.client.close();
			this.primary.close();
			this.primary = FaultProxy.to(store.uri());
			this.client = client();
			byte[] one = bytes(PART);

			String id = begin("k");
			complete("k", id, List.of(send("k", id, 1, one)));

			assertThat(id).startsWith("easteast");
			assertThat(this.events).filteredOn(UploadBound.class::isInstance)
				.singleElement()
				.asString()
				.contains("its id is too long");
			assertThat(store.object("k")).isEqualTo(one);
		}
	}

}
