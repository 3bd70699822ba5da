package io.s3s3.sample.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.FailoverStatus;
import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import io.s3s3.sample.embedded.EmbeddedPair;
import io.s3s3.sample.embedded.GateState;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows the two locations, and takes them down and up again if they are the embedded
 * ones.
 */
@RestController
@RequestMapping("/locations")
class LocationsController {

	private static final Map<String, GateState> ACTIONS = Map.of("up", GateState.OPEN, "refuse", GateState.REFUSING,
			"hang", GateState.HANGING);

	private final FailoverS3Client client;

	private final FailoverControl control;

	private final ObjectProvider<EmbeddedPair> embedded;

	LocationsController(FailoverS3Client client, FailoverControl control, ObjectProvider<EmbeddedPair> embedded) {
		this.client = client;
		this.control = control;
		this.embedded = embedded;
	}

	@GetMapping
	List<LocationStatus> locations() {
		return Arrays.stream(LocationRole.values()).map(this::status).toList();
	}

	@PostMapping("/{location}/{action}")
	LocationStatus act(@PathVariable String location, @PathVariable String action) {
		LocationRole role = roleOf(location);
		GateState next = ACTIONS.get(action);
		if (next == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "A location can go up, refuse or hang");
		}
		EmbeddedPair pair = this.embedded.getIfAvailable();
		if (pair == null) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "Only embedded locations can be taken down and up, "
					+ "and the profile 'real' uses buckets of your own");
		}
		pair.get(role).gate().transitionTo(next);
		return status(role);
	}

	private LocationStatus status(LocationRole role) {
		Location location = this.client.locations().get(role);
		String endpoint = location.client()
			.serviceClientConfiguration()
			.endpointOverride()
			.map(Object::toString)
			.orElse("AWS");
		EmbeddedPair pair = this.embedded.getIfAvailable();
		String state = (pair != null) ? pair.get(role).gate().state().name().toLowerCase(Locale.ROOT) : null;
		FailoverStatus status = this.control.status();
		return new LocationStatus(role.tag(), location.bucket(), endpoint, state, status.get(role).status().tag(),
				status.first() == role);
	}

	private static LocationRole roleOf(String location) {
		return Arrays.stream(LocationRole.values())
			.filter((role) -> role.tag().equals(location))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"A location is either primary or secondary"));
	}

}
